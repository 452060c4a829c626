"""What an unmodified MCP client sees of policies; both lines of the SDK. Run as: policy_mcp.py URL"""

import asyncio
import os
import sys

HEADERS = {"Authorization": "Bearer " + os.environ["GATEHOUSE_API_KEY"]}


async def refused(call, words):
    try:
        answer = await call
    except Exception as error:  # the two lines name their errors differently
        assert words in str(error), repr(error)
        return
    raise AssertionError(f"a refusal was expected: {answer}")


async def story(session):
    names = [tool.name for tool in (await session.list_tools()).tools]
    assert "get-env" not in names, names
    assert "echo" in names, names
    await refused(session.call_tool("get-env", {}), "nobody's business")
    await refused(session.call_tool("echo", {"message": "forbidden"}), "Not this text.")
    said = await session.call_tool("echo", {"message": "allowed", "extra": "stays here"})
    assert "allowed" in said.content[0].text, said
    meta = said.meta["gatehouse/policy"]
    assert meta["removed_parameters"] == ["extra"], meta


async def with_new_line(url):
    import httpx2
    from mcp import Client
    from mcp.client.streamable_http import streamable_http_client

    async with httpx2.AsyncClient(headers=HEADERS, timeout=60) as http:
        async with Client(streamable_http_client(url, http_client=http)) as client:
            await story(client)


async def with_old_line(url):
    from mcp import ClientSession
    from mcp.client.streamable_http import streamablehttp_client

    async with streamablehttp_client(url, headers=HEADERS) as (read, write, _):
        async with ClientSession(read, write) as session:
            await session.initialize()
            await story(session)


try:
    from mcp import Client  # noqa: F401
except ImportError:
    line = with_old_line
else:
    line = with_new_line
asyncio.run(line(sys.argv[1]))
print("passed with", line.__name__)
