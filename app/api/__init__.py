"""The routes of the API, one module for each kind of answer."""

PREFIX = "/api/v1"
