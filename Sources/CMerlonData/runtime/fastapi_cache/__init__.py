class FastAPICache:
    @classmethod
    def init(cls, backend, prefix="", expire=None, **options):
        pass

    @classmethod
    def reset(cls):
        pass

    @classmethod
    async def clear(cls, namespace=None, key=None):
        return 0
