from fastapi.security import SecurityBase as SecurityBase
