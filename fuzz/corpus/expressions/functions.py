from torch._inductor.pattern_matcher import *
vllm = torch.ops.vllm

# Patterns for op: ('call_function', operator.getitem)

def pattern_0():
    auto_functionalized_1 = CallFunction(auto_functionalized, torch.ops._C.rms_norm.default, x=KeywordArg('x'), y=[CallFunction(aten.neg.default, *), None], eps=1e-05, _users=2)
    getitem = CallFunction(operator.getitem, auto_functionalized_1, 1)
    return MultiOutputPattern([getitem,
      KeywordArg('x')
    ])

def pattern_1():
    return CallModule(Linear, (Arg(), device(type='cuda', index=0)), slice(None, 2, None), name='tp')
