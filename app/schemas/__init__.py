"""The JSON of the API, as pydantic models; presenters fill them."""
