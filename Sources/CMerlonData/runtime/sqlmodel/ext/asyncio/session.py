from sqlalchemy.ext.asyncio import AsyncSession as AsyncSession
