from typing import Any

from fastapi import APIRouter, BackgroundTasks, Depends, Request, Response, WebSocket
from fastapi.requests import HTTPConnection


class GraphQLRouter(APIRouter):
    @staticmethod
    async def __get_root_value() -> None:
        return None

    @staticmethod
    def __get_context_getter(custom_getter):
        async def dependency(
            background_tasks: BackgroundTasks,
            connection: HTTPConnection,
            response: Response = None,
            custom_context: Any = Depends(custom_getter),
        ):
            return custom_context

        return dependency

    def __init__(
        self,
        schema,
        path="",
        graphql_ide="graphiql",
        graphiql=None,
        allow_queries_via_get=True,
        keep_alive=False,
        keep_alive_interval=1,
        debug=False,
        root_value_getter=None,
        context_getter=None,
        subscription_protocols=(),
        connection_init_wait_timeout=None,
        max_subscriptions_per_connection=100,
        multipart_uploads_enabled=False,
        allowed_origins=(),
        **options,
    ):
        super().__init__(**options)
        self.schema = schema
        self.allow_queries_via_get = allow_queries_via_get
        self.root_value_getter = root_value_getter or self.__get_root_value
        self.context_getter = self.__get_context_getter(context_getter or (lambda: None))
        self.graphql_ide = graphql_ide

        @self.get(
            path,
            responses={
                200: {"description": "The GraphiQL integrated development environment."},
                404: {"description": "Not found if GraphiQL or query via GET are not enabled."},
            },
            include_in_schema=graphql_ide is not None or allow_queries_via_get,
        )
        async def handle_http_get(
            request: Request,
            response: Response,
            context: Any = Depends(self.context_getter),
            root_value: Any = Depends(self.root_value_getter),
        ) -> Response:
            return response

        @self.post(path)
        async def handle_http_post(
            request: Request,
            response: Response,
            context: Any = Depends(self.context_getter),
            root_value: Any = Depends(self.root_value_getter),
        ) -> Response:
            return response

        @self.websocket(path)
        async def websocket_endpoint(
            websocket: WebSocket,
            context: Any = Depends(self.context_getter),
            root_value: Any = Depends(self.root_value_getter),
        ) -> None:
            pass
