from cadwyn.applications import Cadwyn
from cadwyn.route_generation import VersionedAPIRouter
