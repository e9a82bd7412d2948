"""The provinces' quarterly workbooks: the template, reading what is sent, what is wrong with it."""
