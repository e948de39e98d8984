"""
Prints price-parser's examples and its marks of currencies as JSON: python3 price-parser-table.py FOLDER-OF-ITS-SOURCES.
Reads the files, runs nothing of them.
"""

import ast
import json
import os
import sys


def literal(node):
    # Decimal("1.11")
    if isinstance(node, ast.Call):
        return float(ast.literal_eval(node.args[0]))
    return ast.literal_eval(node)


def statements(*place):
    with open(os.path.join(sys.argv[1], *place), encoding="utf-8") as file:
        return ast.parse(file.read()).body


def marks():
    """ISO code -> the marks that it is written with, from its table CURRENCIES and the lines that add to it."""
    found = {}
    for statement in statements("price_parser", "_currencies.py"):
        if not isinstance(statement, (ast.Assign, ast.AnnAssign)):
            continue
        target = getattr(statement, "target", None) or statement.targets[0]
        if getattr(target, "id", "") == "CURRENCIES":
            for code, entry in ast.literal_eval(statement.value).items():
                found[code] = [entry["s"], entry["sn"], *entry.get("sn2", [])]
        elif isinstance(target, ast.Subscript) and isinstance(statement.value, ast.List):
            # CURRENCIES["CHF"]["sn2"] = ["Fr."]
            code = ast.literal_eval(target.value.slice)
            found[code] += ast.literal_eval(statement.value)
    return found


examples = []
for statement in statements("tests", "test_price_parsing.py"):
    if not isinstance(statement, ast.Assign):
        continue
    for node in ast.walk(statement.value):
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "Example":
            _, text, currency, _, amount = [literal(arg) for arg in node.args[:5]]
            if text and currency and amount is not None and currency in text:
                examples.append(
                    {
                        "list": statement.targets[0].id,
                        "text": text,
                        "currency": currency,
                        "amount": amount,
                    }
                )
json.dump({"examples": examples, "marks": marks()}, sys.stdout)
