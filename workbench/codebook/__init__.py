"""The lists behind the measures, as data files that a researcher can read, edit and overlay."""

from workbench.codebook.codebook import Codebook, load_codebook

__all__ = ["Codebook", "load_codebook"]
