"""Asks for the models over HTTPS with a trusted certificate. Run as: https_models.py CERTIFICATE"""

import os
import ssl
import sys
import urllib.request

url = os.environ["GATEHOUSE_GATEWAY_URL"] + "/v1/models"
asked = urllib.request.Request(url)
asked.add_header("Authorization", "Bearer " + os.environ["GATEHOUSE_API_KEY"])
trust = ssl.create_default_context(cafile=sys.argv[1])
with urllib.request.urlopen(asked, context=trust, timeout=30) as answer:
    assert answer.status == 200, answer.status
    assert "max-age=86400" in answer.headers["strict-transport-security"], answer.headers
    assert "mock-gpt" in answer.read().decode()
