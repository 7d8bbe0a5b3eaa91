"""The one place where trouble on the network becomes a Problem."""

import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPException
from typing import Final

import requests
import urllib3

from pos_client.carrier.line import Line
from pos_client.carrier.problems import CarrierUnreachable, TlsNotTrusted
from pos_client.model.problems import Problem

#: OpenSSL verify codes (x509_vfy.h) a shop can do something about.
_CERTIFICATE: Final = {
    9: "not_yet_valid",
    10: "expired",
    18: "self_signed",
    19: "self_signed",
    20: "unknown_authority",
    62: "wrong_host",
    64: "wrong_host",
}


@contextmanager
def translated(line: Line) -> Iterator[None]:
    """Turn whatever the network throws inside the block into a Problem.

    Raises:
        TlsNotTrusted: the other end's certificate was not accepted.
        CarrierUnreachable: everything else; `cause` says what, in one word.
    """
    try:
        yield
    except Problem:
        raise
    except (requests.RequestException, urllib3.exceptions.HTTPError, HTTPException, OSError) as err:
        raise _problem(err, line) from err


def _problem(err: Exception, line: Line) -> Problem:
    if line.cut_off:
        return CarrierUnreachable(cause="deadline")
    chain = tuple(_causes(err))
    for cause in chain:
        if isinstance(cause, ssl.SSLCertVerificationError):
            return TlsNotTrusted(reason=_CERTIFICATE.get(cause.verify_code, "certificate"))
    return CarrierUnreachable(cause=next(map(_word, chain)))


def _causes(err: BaseException) -> Iterator[BaseException]:
    """Walk down what led to `err`; requests and urllib3 keep it as an argument or as context."""
    seen: set[int] = set()
    waiting: list[BaseException] = [err]
    while waiting:
        cause = waiting.pop(0)
        if id(cause) in seen:
            continue
        seen.add(id(cause))
        yield cause
        inner = [cause.__cause__, cause.__context__, getattr(cause, "reason", None), *cause.args]
        waiting.extend(each for each in inner if isinstance(each, BaseException))


def _word(err: BaseException) -> str:
    if isinstance(err, requests.Timeout | TimeoutError | urllib3.exceptions.TimeoutError):
        return "timeout"
    if isinstance(err, requests.exceptions.SSLError):
        return "tls"
    if isinstance(err, requests.exceptions.ConnectionError):
        return "connection"
    return "cut"
