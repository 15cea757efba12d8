def paginate(*args, **options):
    return None


async def apaginate(*args, **options):
    return None
