from merlon import concept

@concept("rateLimiter")
class FastAPILimiter: ...
