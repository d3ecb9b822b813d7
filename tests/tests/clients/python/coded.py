"""A check for schemathesis: what goes wrong beneath an answer has a public code, and is no fault of the server."""

import schemathesis


@schemathesis.check
def errors_are_coded(ctx, response, case):
    for error in response.json().get("errors", []):
        code = error.get("extensions", {}).get("code")
        if code in (None, "INTERNAL_SERVER_ERROR", "TIMEOUT"):
            raise AssertionError(f"an error without a public code: {error}")
