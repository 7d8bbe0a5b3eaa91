"""Kinds of documents as data: loads their declaration files, and says what is wrong with one."""

from pos_client.documents.check import Checker, check_file
from pos_client.documents.files import (
    known_kinds,
    load_all,
    load_document,
    load_documents,
)
from pos_client.documents.problems import Complaint, DeclarationWrong, DocumentKindUnknown

__all__ = [
    "Checker",
    "Complaint",
    "DeclarationWrong",
    "DocumentKindUnknown",
    "check_file",
    "known_kinds",
    "load_all",
    "load_document",
    "load_documents",
]
