"""The first page."""

from fastapi import APIRouter, Request, Response

from optfm.desk.door import Who
from optfm.desk.rendering import page

router = APIRouter()


@router.get("/")
def home(request: Request, who: Who) -> Response:
    """Until there is a queue."""
    return page(request, "home.html")
