"""Runs one statement on an SQLite file, and fails unless it changed something.

Run as: sqlite_run.py FILE STATEMENT
"""

import sqlite3
import sys

store = sqlite3.connect(sys.argv[1])
for name, in store.execute("select name from sqlite_master where type = 'trigger'").fetchall():
    store.execute(f'drop trigger "{name}"')
changed = store.execute(sys.argv[2]).rowcount
store.commit()
store.close()
sys.exit(0 if changed > 0 else f"{changed} rows changed")
