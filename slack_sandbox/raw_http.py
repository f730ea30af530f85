"""Answers that no well-behaved server gives: none at all, or one that is said to the byte."""

from http import HTTPStatus

from aiohttp import web

from slack_sandbox.faults import Answer

_REASONS = {status.value: status.phrase for status in HTTPStatus}


def abort_connection(request: web.Request) -> web.Response:
    """Drop the connection; what is returned never arrives."""
    if request.transport is not None:
        request.transport.abort()
    return web.Response()


def send_raw(request: web.Request, answer: Answer) -> web.Response:
    """Answer that and hang up; what is returned never arrives."""
    headers = {"Content-Length": str(len(answer.body)), "Connection": "close", **answer.headers}
    lines = [f"HTTP/1.1 {answer.status} {_REASONS.get(answer.status, '')}"]
    lines += [f"{name}: {value}" for name, value in headers.items()]
    if request.transport is not None:
        request.transport.write("\r\n".join([*lines, "", ""]).encode() + answer.body)
        request.transport.close()
    return web.Response()
