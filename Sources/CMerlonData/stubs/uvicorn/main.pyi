from typing import Annotated, Any
from merlon import Role, concept

@concept("serverRun")
def run(
    app: Annotated[Any, Role("app")],
    *,
    host: Annotated[str, Role("host")] = ...,
    port: int = ...,
    reload: Annotated[bool, Role("reload")] = ...,
    proxy_headers: Annotated[bool, Role("proxyHeaders")] = ...,
    forwarded_allow_ips: Annotated[Any, Role("forwardedAllowIPs")] = ...,
    log_level: Any = ...,
    **kwargs: Any,
) -> None: ...
