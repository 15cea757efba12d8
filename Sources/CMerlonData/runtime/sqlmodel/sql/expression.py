from sqlalchemy import func as func
from sqlalchemy import select as select


class Select:
    pass


class SelectOfScalar(Select):
    pass
