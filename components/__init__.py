"""How a number is shown: filters, map, charts, cards, tables, downloads and wording."""
