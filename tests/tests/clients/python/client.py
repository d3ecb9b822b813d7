"""gql against a server: python client.py URL TOKEN COMMUNITY. Prints one JSON line a check."""

import asyncio
import json
import sys

from gql import Client, gql
from gql.transport.aiohttp import AIOHTTPTransport
from gql.transport.exceptions import TransportQueryError
from gql.transport.websockets import WebsocketsTransport

URL, TOKEN, COMMUNITY = sys.argv[1:4]
PUBLISH = gql(
    "mutation ($input: PublishPostInput!) {"
    " publishPost(input: $input) { post { body } userErrors { code message field } } }"
)
FOLLOW = gql("subscription ($id: ID!) { feedItems(community: $id) { ... on Post { body } } }")


def http(token: str = TOKEN, language: str = "en") -> Client:
    headers = {"authorization": f"Bearer {token}", "accept-language": language}
    # The schema is fetched, and documents are validated against it before they are sent.
    return Client(transport=AIOHTTPTransport(URL, headers=headers), fetch_schema_from_transport=True)


def socket(token: str = TOKEN) -> Client:
    url = URL.replace("http", "ws", 1) + "/ws"
    # Named, because gql would also offer another protocol that is no longer spoken.
    return Client(
        transport=WebsocketsTransport(
            url,
            init_payload={"authorization": f"Bearer {token}"},
            subprotocols=[WebsocketsTransport.GRAPHQLWS_SUBPROTOCOL],
        )
    )


async def published(session, body: str) -> dict:
    variables = {"input": {"audience": {"community": COMMUNITY}, "body": body}}
    PUBLISH.variable_values = variables
    return (await session.execute(PUBLISH))["publishPost"]


async def a_query_is_answered() -> None:
    async with http() as session:
        answer = await session.execute(gql("{ viewer { name } communities { nodes { id } } }"))
    assert answer["viewer"]["name"] == "Ada", answer
    assert COMMUNITY in [node["id"] for node in answer["communities"]["nodes"]], answer


async def a_mutation_is_carried_out_or_refused_in_the_language_of_the_caller() -> None:
    async with http(language="fr") as session:
        assert (await published(session, "from gql"))["post"] == {"body": "from gql"}
        refused = await published(session, "")
    [why] = refused["userErrors"]
    assert (why["code"], why["field"]) == ("BLANK_TEXT", ["input", "body"]), why
    assert "le texte est vide" in why["message"], why


async def an_error_says_what_and_where() -> None:
    async with http() as session:
        try:
            await session.execute(gql('{ search(query: "*") { edges { cursor } } }'))
        except TransportQueryError as error:
            [first] = error.errors
            assert (first["extensions"]["code"], first["path"]) == ("BAD_USER_INPUT", ["search"]), first
        else:
            raise AssertionError("no error")


async def nobody_connects_without_a_token_that_is_known() -> None:
    for client in (http("another"), socket("another")):
        try:
            async with client as session:
                await session.execute(gql("{ viewer { name } }"))
        except Exception as error:  # each transport has its own
            assert not isinstance(error, AssertionError), error
        else:
            raise AssertionError("somebody was let in")


async def a_subscription_says_what_comes() -> None:
    async with socket() as live, http() as session:
        FOLLOW.variable_values = {"id": COMMUNITY}
        items = live.subscribe(FOLLOW)
        first = asyncio.ensure_future(anext(items))
        await asyncio.sleep(0.3)
        await published(session, "one")
        assert (await asyncio.wait_for(first, 5))["feedItems"] == {"body": "one"}
        await published(session, "two")
        assert (await asyncio.wait_for(anext(items), 5))["feedItems"] == {"body": "two"}
        await items.aclose()


async def a_subscription_that_may_not_be_is_an_error() -> None:
    async with socket() as live:
        FOLLOW.variable_values = {"id": "nothing"}
        try:
            await asyncio.wait_for(anext(live.subscribe(FOLLOW)), 5)
        except TransportQueryError as error:
            assert error.errors[0]["extensions"]["code"] == "NOT_FOUND", error.errors
        else:
            raise AssertionError("no error")


CHECKS = [
    a_query_is_answered,
    a_mutation_is_carried_out_or_refused_in_the_language_of_the_caller,
    an_error_says_what_and_where,
    nobody_connects_without_a_token_that_is_known,
    a_subscription_says_what_comes,
    a_subscription_that_may_not_be_is_an_error,
]

for check in CHECKS:
    result = {"name": check.__name__.replace("_", " "), "status": "ok"}
    try:
        asyncio.run(asyncio.wait_for(check(), 20))
    except BaseException as error:
        result = {**result, "status": "error", "reason": repr(error)}
    print(json.dumps(result), flush=True)
