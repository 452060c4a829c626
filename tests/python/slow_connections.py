"""Opens connections that never finish their headers, and holds them until its input ends.

Run as: slow_connections.py URL COUNT
"""

import resource
import socket
import sys
from urllib.parse import urlsplit

url, count = urlsplit(sys.argv[1]), int(sys.argv[2])
_, most = resource.getrlimit(resource.RLIMIT_NOFILE)
resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
held = []
for _ in range(count):
    connection = socket.create_connection((url.hostname, url.port), timeout=30)
    connection.sendall(b"GET /v1/models HTTP/1.1\r\nhost: gate\r\nx-slow: ")
    held.append(connection)
print(len(held), "open", flush=True)
sys.stdin.read()
