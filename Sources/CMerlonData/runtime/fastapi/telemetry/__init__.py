from fastapi.telemetry._api import TelemetryConfig as TelemetryConfig
from fastapi.telemetry._api import TelemetryData as TelemetryData
from fastapi.telemetry._api import get_telemetry_data as get_telemetry_data
