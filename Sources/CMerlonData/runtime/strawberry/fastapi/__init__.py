from strawberry.fastapi.context import BaseContext as BaseContext
from strawberry.fastapi.router import GraphQLRouter as GraphQLRouter
