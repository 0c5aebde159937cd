class GraphModule(torch.nn.Module):
    def forward(self, L_x_: "f32[4, 4]"):
        """
        stack_trace: ('  File "models.py", line 97, in typed\n'
         '    return torch.relu(x) + k\n'
         '           ^^^^^^^^^^^^^^^^^\n')
        example_value: 'FakeTensor(..., size=(4, 4))'
        tensor_dict: '{}'
        """
        l_x_ = L_x_

        # File: models.py:97 in typed, code: return torch.relu(x) + k
        """
        source_fn_stack: "[('relu', <built-in method relu of type object
        stack_trace: ('  File "models.py", line 97, in typed\n'
         '    return torch.relu(x) + k\n'
         '           ^^^^^^^^^^^^^^^^^\n')
        example_value: 'FakeTensor(..., size=(4, 4))'
        """
        relu: "f32[4, 4]" = torch.relu(l_x_);  l_x_ = None
        """
        source_fn_stack: "[('add', <built-in function add>)]"
        stack_trace: ('  File "models.py", line 97, in typed\n'
         '    return torch.relu(x) + k\n'
         '           ^^^^^^^^^^^^^^^^^\n')
        example_value: 'FakeTensor(..., size=(4, 4))'
        """
        add: "f32[4, 4]" = relu + 3;  relu = None
        """
        creation_timestamp: '0'
        """
        return (add,)

