class typed(torch.nn.Module):
    def forward(self, args_list) -> torch.Tensor:
        args_iter = iter(args_list)
        x = next(args_iter)
        flag = next(args_iter)
        k = next(args_iter)
        args_list.clear()
        # No stacktrace found for following nodes
        relu = torch.relu(x);  x = None
        add = relu + k;  relu = k = None
        return add

