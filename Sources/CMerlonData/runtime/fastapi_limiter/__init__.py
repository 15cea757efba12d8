class FastAPILimiter:
    @classmethod
    async def init(cls, redis, **options):
        pass

    @classmethod
    async def close(cls):
        pass
