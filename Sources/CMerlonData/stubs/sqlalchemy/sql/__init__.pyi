from sqlalchemy import literal_column as literal_column
from sqlalchemy import text as text
