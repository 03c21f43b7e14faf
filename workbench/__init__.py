"""A research workbench for the study of news coverage of the Russia-Ukraine war."""
