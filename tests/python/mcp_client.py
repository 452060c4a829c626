"""What an unmodified MCP client sees through the gate; both lines of the SDK.

Run as: mcp_client.py URL [--denied TOOL]"""

import asyncio
import os
import sys

HEADERS = {"Authorization": "Bearer " + os.environ["GATEHOUSE_API_KEY"]}


async def story(session):
    listed = (await session.list_tools()).tools
    names = [tool.name for tool in listed]
    assert "echo" in names and "get-sum" in names, names
    said = await session.call_tool("echo", {"message": "through the gate"})
    assert "through the gate" in said.content[0].text, said
    summed = await session.call_tool("get-sum", {"a": 19, "b": 23})
    assert "42" in summed.content[0].text, summed
    resources = (await session.list_resources()).resources
    assert resources, "no resources"
    read = await session.read_resource(resources[0].uri)
    assert read.contents, read
    prompts = (await session.list_prompts()).prompts
    assert prompts, "no prompts"
    await session.send_ping()


async def progress(session):
    """Progress arrives while the call runs, in order, before its result."""
    seen = []

    async def note(done, total, message):
        seen.append((done, total))

    arguments = {"duration": 1, "steps": 4}
    await session.call_tool("trigger-long-running-operation", arguments, progress_callback=note)
    assert [done for done, _ in seen] == [1, 2, 3, 4], seen


async def with_new_line(url):
    import httpx2
    from mcp import Client
    from mcp.client.streamable_http import streamable_http_client

    async with httpx2.AsyncClient(headers=HEADERS, timeout=60) as http:
        async with Client(streamable_http_client(url, http_client=http)) as client:
            await story(client)
            await progress(client)


async def with_old_line(url):
    from mcp import ClientSession
    from mcp.client.streamable_http import streamablehttp_client

    async with streamablehttp_client(url, headers=HEADERS) as (read, write, session_id):
        async with ClientSession(read, write) as session:
            await session.initialize()
            assert session_id(), "no session"
            await story(session)
            await progress(session)


try:
    from mcp import Client  # noqa: F401
except ImportError:
    line = with_old_line
else:
    line = with_new_line
asyncio.run(line(sys.argv[1]))
print("passed with", line.__name__)
