"""The outline of a post: which parts of its threads it is made of, and in what order.

`entries` are changed by pure functions, `composing` makes the text of them, `redrafting` brings
a draft up to it without touching what a person wrote, and `changing` keeps all three together.
"""

from newsletter.outlining.beginning import begin

__all__ = ["begin"]
