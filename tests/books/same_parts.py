#!/usr/bin/env python3
"""Whether two books differ in sheets and drawings alone: every other part the same, packed in the same order. same_parts.py ONE OTHER"""
import sys, zipfile

one, other = (zipfile.ZipFile(name) for name in sys.argv[1:3])
names = one.namelist()
if names != other.namelist(): sys.exit('other parts, or in another order')
changed = [name for name in names if one.read(name) != other.read(name)]
wrong = [name for name in changed if not name.startswith(('xl/worksheets/sheet', 'xl/drawings/drawing'))]
if wrong: sys.exit(f'changed: {wrong}')
