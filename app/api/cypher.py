"""Ad-hoc Cypher: one read-only statement, capped, timed, and dropped when nobody waits for it any more."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Body, Request

from app.api.dependencies import SettingsOfApp, Store
from app.cypher_values import to_json
from app.json_text import NotStorable, check_text
from app.openapi import answer
from app.problems import invalid
from app.schemas import examples
from app.schemas.service import CypherAnswer, Statement, Table
from app.waiting import run_while_connected

router = APIRouter(tags=["cypher"])
