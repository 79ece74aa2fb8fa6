"""Assembly: the phone app at /, its API, the back office, the cockpit."""

from django.urls import include, path

from niangjia.interfaces.api import api, description
from niangjia.interfaces.api.paths import known_paths
from niangjia.interfaces.app import phone_app
from niangjia.interfaces.csp_reports import ROUTE, csp_reports

urlpatterns = [
    path("api/v1/openapi.json", description),
    known_paths("api/v1/", api.urls),
    path("console/", include("niangjia.interfaces.console.urls")),
    path("cockpit/", include("niangjia.interfaces.cockpit.urls")),
    path(ROUTE, csp_reports),
    path("", phone_app),
]

handler404 = "niangjia.interfaces.errors.not_found"
handler500 = "niangjia.interfaces.errors.server_error"
handler400 = "niangjia.interfaces.errors.bad_request"
