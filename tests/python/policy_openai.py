"""What an unmodified OpenAI SDK sees of policies that refuse, warn and downgrade."""

import os

import openai

URL = os.environ["GATEHOUSE_GATEWAY_URL"].rstrip("/") + "/v1"
KEY = os.environ["GATEHOUSE_API_KEY"]
ASK = [{"role": "user", "content": "Say hello."}]
client = openai.OpenAI(base_url=URL, api_key=KEY, max_retries=0, timeout=60)

try:
    client.chat.completions.create(model="mock-echo", messages=ASK)
except openai.PermissionDeniedError as error:
    assert error.code == "policy_denied", error
    assert error.type == "policy_violation", error
else:
    raise SystemExit("a refusal was expected")

warned = client.chat.completions.with_raw_response.create(model="mock-gpt", messages=ASK)
assert warned.headers["x-budget-warning"] == "true", warned.headers
assert "This model is dear." in warned.headers["x-policy-warning"], warned.headers
assert warned.parse().choices[0].message.content

other = client.chat.completions.with_raw_response.create(model="mock-gpt-large", messages=ASK)
assert other.headers["x-model-downgraded"] == "mock-gpt-large -> mock-gpt", other.headers
# What the other model's rules say holds as well.
assert "x-policy-warning" in other.headers, other.headers

pieces = list(client.chat.completions.create(model="mock-gpt-large", messages=ASK, stream=True))
assert pieces[-1].choices[0].finish_reason == "stop", pieces[-1]
print("passed")
