"""What an unmodified OpenAI SDK sees through the gate. Run as: openai_sdk.py STORY [ARGUMENT…]"""

import os
import sys

import openai

URL = os.environ["GATEHOUSE_GATEWAY_URL"].rstrip("/") + "/v1"
KEY = os.environ["GATEHOUSE_API_KEY"]
ASK = [{"role": "user", "content": "Say hello."}]
WEATHER = {
    "type": "function",
    "function": {
        "name": "get_weather",
        "parameters": {
            "type": "object",
            "properties": {"city": {"type": "string"}},
            "required": ["city"],
        },
    },
}


def client(key=KEY):
    return openai.OpenAI(base_url=URL, api_key=key, max_retries=0, timeout=60)


def chat(model="mock-gpt"):
    answer = client().chat.completions.create(model=model, messages=ASK)
    assert answer.choices[0].message.content, answer
    assert answer.choices[0].finish_reason == "stop", answer
    assert answer.usage.total_tokens > 0, answer
    raw = client().chat.completions.with_raw_response.create(model=model, messages=ASK)
    assert raw.headers["x-request-id"], raw.headers


def stream():
    whole = client().chat.completions.create(model="mock-gpt", messages=ASK)
    pieces = list(client().chat.completions.create(model="mock-gpt", messages=ASK, stream=True))
    text = "".join(p.choices[0].delta.content or "" for p in pieces if p.choices)
    assert text == whole.choices[0].message.content, (text, whole)
    assert len({p.id for p in pieces}) == 1, pieces
    assert pieces[0].choices[0].delta.role == "assistant", pieces[0]
    assert pieces[-1].choices[0].finish_reason == "stop", pieces[-1]
    # Nobody asked for usage: neither the chunk nor the nulls.
    assert all(p.choices and "usage" not in p.model_fields_set for p in pieces), pieces


def stream_usage():
    options = {"include_usage": True}
    pieces = list(
        client().chat.completions.create(
            model="mock-gpt", messages=ASK, stream=True, stream_options=options
        )
    )
    assert pieces[-1].choices == [] and pieces[-1].usage.total_tokens > 0, pieces[-1]
    assert all(p.usage is None for p in pieces[:-1]), pieces


def tools():
    asked = {"model": "mock-gpt", "messages": ASK, "tools": [WEATHER], "tool_choice": "required"}
    answer = client().chat.completions.create(**asked)
    call = answer.choices[0].message.tool_calls[0]
    assert call.function.name == "get_weather" and "city" in call.function.arguments, answer
    assert answer.choices[0].finish_reason == "tool_calls", answer
    with client().chat.completions.stream(**asked) as events:
        streamed = events.get_final_completion()
    again = streamed.choices[0].message.tool_calls[0]
    assert again.function.arguments == call.function.arguments, (again, call)


def embeddings():
    answer = client().embeddings.create(model="mock-embedding", input=["one", "two"])
    assert [it.index for it in answer.data] == [0, 1], answer
    assert len(answer.data[0].embedding) == len(answer.data[1].embedding) > 0
    assert answer.data[0].embedding != answer.data[1].embedding


def models():
    ids = [model.id for model in client().models.list()]
    assert "mock-gpt" in ids and "mock-embedding" in ids, ids


def fails(kind, status, code, call):
    try:
        call()
    except kind as error:
        assert type(error) is kind, (kind, error)
        assert error.status_code == status, error
        assert code is None or error.code == code, (code, error.body)
        assert error.body and error.body["message"], error.body
        return
    raise AssertionError(f"no {kind.__name__}")


def errors(suspended_key, slow_key):
    def ask(key=KEY, model="mock-gpt", **more):
        return lambda: client(key).chat.completions.create(model=model, messages=ASK, **more)

    fails(openai.AuthenticationError, 401, "invalid_api_key", ask(key="gw_nobody"))
    fails(openai.BadRequestError, 400, "no_provider", ask(model="no-such-model"))
    fails(openai.PermissionDeniedError, 403, "workspace_suspended", ask(key=suspended_key))
    fails(openai.NotFoundError, 404, None, lambda: client().post("/nothing", cast_to=object))
    ask(key=slow_key)()
    fails(openai.RateLimitError, 429, "rate_limit_exceeded", ask(key=slow_key))
    fails(openai.RateLimitError, 429, "provider_rate_limited", ask(model="mock-error-429"))
    fails(openai.InternalServerError, 502, "provider_error", ask(model="mock-error-500"))


def cut_stream():
    pieces = client().chat.completions.create(model="mock-cut", messages=ASK, stream=True)
    try:
        seen = list(pieces)
    except openai.APIError as error:
        assert error.body and error.body["message"], error
        return
    raise AssertionError(f"a cut stream looked complete: {seen}")


globals()[sys.argv[1]](*sys.argv[2:])
