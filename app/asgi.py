"""For ASGI servers: `uvicorn --factory app.asgi:app` serves with the settings of the environment."""

from fastapi import FastAPI

from app.main import create_app
from app.settings import load_settings


def app() -> FastAPI:
    """The service for the settings of the environment."""
    return create_app(load_settings())
