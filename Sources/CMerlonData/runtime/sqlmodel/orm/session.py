from sqlalchemy.orm import Session as Session
