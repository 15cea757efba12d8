from ldap3.core.connection import Connection as Connection
