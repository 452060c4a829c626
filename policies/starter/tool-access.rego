# Tool access in Rego: role, team, sensitivity, time. All must allow.
package gatehouse.tools

import rego.v1

rank := {"low": 0, "medium": 1, "high": 2, "critical": 3}

reach := {"viewer": 0, "automation": 1, "server": 1, "developer": 2, "admin": 3, "org-admin": 3}

default allow := false

allow if {
	some role in input.user.roles
	reach[role] >= rank[input.tool.sensitivity]
	team_matches
	in_time
}

# What is highly sensitive is called by the server's own team, or by administrators.
team_matches if rank[input.tool.sensitivity] < 2

team_matches if {
	some team in input.server.teams
	team in input.user.groups
}

team_matches if "admin" in input.user.roles

in_time if rank[input.tool.sensitivity] < 2

in_time if {
	[hour, _, _] := time.clock([input.time.unix_ns, "Europe/Berlin"])
	hour >= 9
	hour < 17
	not time.weekday([input.time.unix_ns, "Europe/Berlin"]) in {"Saturday", "Sunday"}
}

deny contains "role_not_allowed" if {
	input.tool_name == "deploy_service"
	not "admin" in input.user.roles
}

deny contains "The query would remove a table." if {
	contains(lower(input.parameters.query), "drop table")
}

filtered_parameters contains name if {
	some name in ["password", "secret", "api_key", "token", "credit_card"]
	input.parameters[name]
}
