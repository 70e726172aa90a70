"""What a layer gives, learns and costs, found by counting out: no formula of netdraw's, and none of its code.

`table.py` has a row for each op. A new op is a row there: how a layer of it is drawn by lot, what it gives, and what
PyTorch calls it.
"""
