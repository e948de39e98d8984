"""Prints the examples of price-parser's own test file as JSON: python3 price-parser-table.py FILE. Reads it, runs nothing of it."""

import ast
import json
import sys


def literal(node):
    # Decimal("1.11")
    if isinstance(node, ast.Call):
        return float(ast.literal_eval(node.args[0]))
    return ast.literal_eval(node)


examples = []
for statement in ast.parse(open(sys.argv[1], encoding="utf-8").read()).body:
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
json.dump(examples, sys.stdout)
