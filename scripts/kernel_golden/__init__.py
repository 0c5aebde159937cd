"""The cases of scripts/gen_kernel_golden.py, a module a family of ops. What they are written with: cases.py."""
