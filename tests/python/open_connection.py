"""Asks on one TLS connection again and again, with a client certificate. A line for each answer that
differs from the one before; ends with the first refusal.

open_connection.py FOLDER URL
"""

import http.client
import json
import ssl
import sys
import time
from urllib.parse import urlsplit

folder, url = sys.argv[1:]
context = ssl.create_default_context(cafile=f"{folder}/ca-cert.pem")
context.load_cert_chain(f"{folder}/client-cert.pem", f"{folder}/client-key.pem")
target = urlsplit(url)
connection = http.client.HTTPSConnection(target.hostname, target.port, context=context, timeout=30)
connection.connect()
socket, last = connection.sock, None
deadline = time.monotonic() + 60
while time.monotonic() < deadline:
    connection.request("GET", target.path)
    answer = connection.getresponse()
    body = json.loads(answer.read())
    assert connection.sock is socket, "the connection was closed"
    said = f"{answer.status} {body.get('details', {}).get('reason')}"
    if said != last:
        print(said, flush=True)
    last = said
    if answer.status != 200:
        sys.exit(0)
    time.sleep(0.02)
sys.exit("it was never refused")
