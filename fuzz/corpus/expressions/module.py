import operator
aten = torch.ops.aten
split_Tensor = CallFunction(aten.split.Tensor, KeywordArg('x'), Ignored(), 1, _users=MULTIPLE)
getitem = CallFunction(operator.getitem, split_Tensor, Ignored())
cat_default = CallFunction(aten.cat.default, ListOf(getitem, partial=True), Ignored())
first = CallMethod(relu, cat_default)
x = ExclusiveKeywordArg('x')
getitem = CallFunction([operator.getitem, aten.neg], x, Arg(), k={'a': [x, None]}, dtype=torch.float32)
second = MultiOutputPattern([getitem,
  None,
  x
])
third = RepeatedExpr(CallFunction(operator.getitem, CallFunctionVarArgs(aten.split.Tensor, users=MULTIPLE), Arg()))
