package agentworkloads.start_test

import rego.v1

import data.agentworkloads.checks
import data.agentworkloads.start

settings := {
	"templates": ["competitor-scrape"],
	"clusterTemplates": ["shared-scrape"],
	"hosts": {"allow": ["*"], "deny": ["denied.example", "*.internal", "odd.example:8443"]},
	"limits": {
		"targetUrls": 3,
		"hosts": 2,
		"executionSeconds": 7200,
		"suspendGateSeconds": 3600,
		"noProgressSeconds": 600,
		"ttlSeconds": 7776000,
		"ttlAtLeastSeconds": 86400,
		"runsPerRequester": 3,
		"runsPerNamespace": 10,
	},
	"human": {
		"namespaces": ["careful"],
		"hosts": ["*.bank.example"],
		"targetUrlsOver": 2,
		"notObservedOver": 0,
		"changesOver": 20,
		"factsUnder": 1,
		"degraded": true,
	},
	"fourEyes": {"namespaces": ["audited"], "hosts": ["rival.example"]},
	"namespaces": {
		"team-b": {
			"templates": ["team-b-scrape"],
			"hosts": {"allow": ["*.example"], "deny": ["b-denied.example"]},
			"limits": {"targetUrls": 1, "hosts": 5},
			"human": {"hosts": ["careful.example"], "targetUrlsOver": 0},
			"fourEyes": {"hosts": ["b-rival.example"]},
		},
		"typing-error": {"limit": {"targetUrls": 1}},
		"typing-error-inside": {"hosts": {"dney": ["a.example"]}},
		"wrong-type": {"limits": {"targetUrls": "many"}},
		"wrong-section": {"hosts": ["a.example"]},
		"no-rules": [],
		"own-namespaces": {"human": {"namespaces": []}},
	},
}

workload := {
	"name": "w",
	"namespace": "agentworkloads",
	"uid": "u",
	"objective": "Prices of the week",
	"targetUrls": ["https://a.example/pricing"],
	"hosts": ["a.example"],
	"template": {"name": "competitor-scrape", "clusterScope": false},
	"gate": {"mode": "policy", "fourEyes": false},
	"timeouts": {"execution": 7200000, "suspendGate": 1800000, "noProgress": 300000},
	"ttlAfterFinished": 7776000000,
	"requestedBy": "bob",
	"entityRef": "",
	"parameters": {},
}

judge(changes) := judge_with(changes, settings)

judge_with(changes, config) := result if {
	result := judge_beside({"requester": 0, "namespace": 0}, changes, config)
}

# `active`: how many other runs go on.
judge_beside(active, changes, config) := result if {
	result := start.decision with input as {"workload": object.union(workload, changes), "active": active}
		with data.agentworkloads.config as config
}

visiting(hosts) := {"hosts": hosts, "targetUrls": [concat("", ["https://", host, "/"]) | some host in hosts]}

unjudged := {
	"allow": false,
	"reasons": ["the policy can't judge this workload: its input or policies/data.json is not as agreed"],
	"told": [{
		"code": "cannotJudge",
		"values": {},
		"text": "the policy can't judge this workload: its input or policies/data.json is not as agreed",
	}],
	"wait": [],
	"waitTold": [],
	"gate": {"mode": "human", "fourEyes": true},
	"egress": {"allow": [], "deny": ["*"]},
}

test_a_plain_workload_may_start if {
	judge({}) == {
		"allow": true,
		"reasons": [],
		"told": [],
		"wait": [],
		"waitTold": [],
		"gate": {"mode": "policy", "fourEyes": false},
		"longestGateSeconds": 3600,
		"kept": {"atLeastSeconds": 86400, "atMostSeconds": 7776000},
		"egress": {"allow": ["*"], "deny": ["denied.example", "*.internal", "odd.example:8443"]},
		"templateDigests": [],
	}
}

test_the_shipped_data_file_lets_the_examples_start if {
	result := start.decision with input as {
		"workload": object.union(workload, visiting(["tidepool.localhost:4180"])),
		"active": {"requester": 0, "namespace": 0},
	}
	result.allow
	result.gate == {"mode": "policy", "fourEyes": false}
}

test_a_denied_host_is_refused_on_any_port_and_in_any_spelling if {
	every host in ["denied.example", "denied.example:8080", "denied.example.", "DENIED.example", "denied.example.:81"] {
		result := judge(visiting([host]))
		not result.allow
		result.reasons == [concat(" ", ["host", host, "is denied"])]
	}
}

test_a_denied_port_leaves_the_others if {
	not judge(visiting(["odd.example:8443"])).allow
	judge(visiting(["odd.example"])).allow
	judge(visiting(["odd.example:443"])).allow
}

test_a_wildcard_covers_sub_domains_only if {
	not judge(visiting(["db.internal"])).allow
	not judge(visiting(["a.b.internal:9000"])).allow
	judge(visiting(["internal"])).allow
	judge(visiting(["notinternal.example"])).allow
}

test_one_denied_host_among_good_ones_refuses_the_workload if {
	result := judge(visiting(["a.example", "denied.example"]))
	not result.allow
	result.reasons == ["host denied.example is denied"]
}

test_an_address_in_brackets_is_one_host if {
	config := object.union(settings, {"hosts": {"allow": ["*"], "deny": ["[fd00:ec2::254]"]}})
	not judge_with(visiting(["[fd00:ec2::254]"]), config).allow
	not judge_with(visiting(["[fd00:ec2::254]:8080"]), config).allow
	judge_with(visiting(["[2001:db8::1]"]), config).allow
}

test_the_metadata_addresses_are_denied_by_the_shipped_file if {
	every host in ["169.254.169.254", "metadata.google.internal", "[fd00:ec2::254]", "minio.shared-services.svc:9000"] {
		result := start.decision with input as {"workload": object.union(workload, visiting([host])), "active": {"requester": 0, "namespace": 0}}
		not result.allow
	}
}

test_a_host_that_is_not_allowed_is_refused if {
	config := object.union(settings, {"hosts": {"allow": ["*.example"], "deny": []}})
	judge_with({}, config).allow
	result := judge_with(visiting(["a.test"]), config)
	result.reasons == ["host a.test is not among the allowed hosts"]
	not result.allow
}

test_deny_beats_allow if {
	config := object.union(settings, {"hosts": {"allow": ["a.example"], "deny": ["a.example"]}})
	not judge_with({}, config).allow
}

test_only_named_templates_may_be_used if {
	result := judge({"template": {"name": "other", "clusterScope": false}})
	not result.allow
	result.reasons == ["WorkflowTemplate other is not among the allowed templates"]
}

test_a_cluster_template_is_another_list if {
	judge({"template": {"name": "shared-scrape", "clusterScope": true}}).allow
	not judge({"template": {"name": "competitor-scrape", "clusterScope": true}}).allow
	not judge({"template": {"name": "shared-scrape", "clusterScope": false}}).allow
}

test_an_argo_expression_is_refused_wherever_it_stands if {
	judge({"objective": "{{=1}}"}).reasons == ["objective contains {{, which Argo would evaluate"]
	judge({"parameters": {"p": "x {{workflow.uid}}"}}).reasons == ["parameter p contains {{, which Argo would evaluate"]
	judge({"targetUrls": ["https://a.example/{{x}}"]}).reasons == ["a target URL contains {{, which Argo would evaluate"]
	judge({"objective": "{ one brace }"}).allow
}

test_limits_are_inclusive if {
	judge({"targetUrls": ["https://a.example/1", "https://a.example/2", "https://a.example/3"]}).allow
	judge(visiting(["a.example", "b.example"])).allow
	judge({"timeouts": {"execution": 7200000, "suspendGate": 3600000, "noProgress": 600000}}).allow
}

test_a_run_is_kept_no_shorter_and_no_longer_than_allowed if {
	judge({"ttlAfterFinished": 86400000}).allow
	judge({"ttlAfterFinished": 86399000}).reasons == ["86399 seconds of ttlAfterFinished, at least 86400 are asked for"]
	judge({"ttlAfterFinished": 7776001000}).reasons == ["7776001 seconds of ttlAfterFinished, at most 7776000 are allowed"]
}

test_the_shipped_file_takes_the_default_ttl if {
	result := start.decision with input as {"workload": workload, "active": {"requester": 0, "namespace": 0}}
	result.allow
}

test_the_last_run_that_fits_starts_and_the_next_waits if {
	judge_beside({"requester": 2, "namespace": 9}, {}, settings).wait == []
	result := judge_beside({"requester": 3, "namespace": 3}, {}, settings)
	result.allow
	result.wait == ["3 runs of requester bob go on, at most 3 may"]
	judge_beside({"requester": 0, "namespace": 10}, {}, settings).wait == ["10 runs go on in namespace agentworkloads, at most 10 may"]
	judge_beside({"requester": 4, "namespace": 4}, {"requestedBy": ""}, settings).wait == ["4 runs that name no requester go on in namespace agentworkloads, at most 3 may"]
	judge_beside({"requester": 2, "namespace": 4}, {"requestedBy": ""}, settings).wait == []
}

test_a_run_must_name_who_asks_where_the_file_says_so if {
	judge_with({"requestedBy": ""}, settings).allow
	config := object.union(settings, {"requester": "required"})
	judge_with({}, config).allow
	result := judge_with({"requestedBy": ""}, config)
	not result.allow
	result.reasons == ["whoever asks must be named here: set spec.requestedBy to your own name"]
	in_one := object.union(settings, {"namespaces": {"team-b": {"requester": "required", "templates": ["competitor-scrape"], "human": {"targetUrlsOver": 9}}}})
	judge_with({"requestedBy": ""}, in_one).allow
	not judge_with({"requestedBy": "", "namespace": "team-b"}, in_one).allow
	judge_with({}, object.union(settings, {"requester": "yes"})) == unjudged
}

test_how_long_a_run_is_kept_is_answered_whether_it_may_start_or_not if {
	bounds := {"atLeastSeconds": 86400, "atMostSeconds": 7776000}
	judge({}).kept == bounds
	denied := judge({"ttlAfterFinished": 1000})
	not denied.allow
	denied.kept == bounds
}

test_a_namespace_has_limits_of_its_own if {
	config := object.union(settings, {"namespaces": {"team-b": {"limits": {"runsPerNamespace": 1}}}})
	beside := {"requester": 1, "namespace": 1}
	judge_beside(beside, {"namespace": "team-b"}, config).wait == ["1 runs go on in namespace team-b, at most 1 may"]
	judge_beside(beside, {}, config).wait == []
}

test_without_the_counts_nothing_starts if {
	judge_beside({}, {}, settings) == unjudged
	judge_beside({"requester": 0}, {}, settings) == unjudged
	judge_beside({"requester": "0", "namespace": 0}, {}, settings) == unjudged
}

test_more_than_a_limit_is_refused if {
	judge({"targetUrls": ["https://a.example/1", "https://a.example/2", "https://a.example/3", "https://a.example/4"]}).reasons == ["4 target URLs, at most 3 are allowed"]
	judge(visiting(["a.example", "b.example", "c.example"])).reasons == ["3 hosts, at most 2 are allowed"]
	judge({"timeouts": {"execution": 7201000}}).reasons == ["7201 seconds of timeouts.execution, at most 7200 are allowed"]
	judge({"timeouts": {"suspendGate": 3601000}}).reasons == ["3601 seconds of timeouts.suspendGate, at most 3600 are allowed"]
	judge({"timeouts": {"noProgress": 601000}}).reasons == ["601 seconds of timeouts.noProgress, at most 600 are allowed"]
}

test_pages_that_may_be_followed_count if {
	two := {"targetUrls": ["https://a.example/1", "https://a.example/2"]}
	judge(two).gate.mode == "policy"
	following := object.union(two, {"follow": "pricing"})
	judge(following).allow
	judge(following).gate.mode == "human"
	judge(following).reasons == ["a person decides about more than 2 target URLs with pages that may be followed"]
	judge(object.union(two, {"follow": "none"})).reasons == []
	four := judge(object.union(following, {"hosts": ["a.example", "b.example"]}))
	not four.allow
	four.reasons == ["4 target URLs with pages that may be followed, at most 3 are allowed"]
	judge({"follow": "everything"}) == unjudged
}

test_no_host_at_all_is_refused if {
	judge({"hosts": []}).reasons == ["not one target has a host"]
}

test_the_gate_is_never_looser_than_asked_for if {
	judge({"gate": {"mode": "human", "fourEyes": true}}).gate == {"mode": "human", "fourEyes": true}
	judge({"gate": {"mode": "human", "fourEyes": false}}).gate == {"mode": "human", "fourEyes": false}
}

test_a_person_is_needed_by_namespace_host_or_size if {
	careful := judge({"namespace": "careful"})
	careful.allow
	careful.reasons == ["a person decides in namespace careful"]
	careful.gate == {"mode": "human", "fourEyes": false}
	judge(visiting(["www.bank.example"])).gate.mode == "human"
	result := judge({"targetUrls": ["https://a.example/1", "https://a.example/2", "https://a.example/3"]})
	result.gate.mode == "human"
	result.reasons == ["a person decides about more than 2 target URLs"]
}

test_four_eyes_need_a_person_and_a_requester if {
	audited := judge({"namespace": "audited"})
	audited.allow
	audited.reasons == ["four eyes in namespace audited"]
	audited.gate == {"mode": "human", "fourEyes": true}
	judge(visiting(["rival.example"])).gate == {"mode": "human", "fourEyes": true}
	result := judge(object.union(visiting(["rival.example"]), {"requestedBy": ""}))
	not result.allow
	result.reasons == ["four eyes are required here: set spec.requestedBy"]
}

legal := object.union(settings, {
	"quorum": {"approvals": 2, "groups": ["legal"]},
	"namespaces": {"team-b": {"quorum": {"approvals": 3, "groups": ["finance"]}}},
})

test_people_and_groups_that_must_approve_need_a_person if {
	result := judge_with({}, legal)
	result.allow
	result.gate == {"mode": "human", "fourEyes": false, "approvals": 2, "groups": ["legal"]}
	result.reasons == ["2 people must approve here", "somebody of group legal must approve here"]
}

test_a_namespace_can_ask_for_more_people_and_groups_not_for_fewer if {
	in_b := {"namespace": "team-b", "template": {"name": "team-b-scrape", "clusterScope": false}}
	judge_with(in_b, legal).gate == {"mode": "human", "fourEyes": false, "approvals": 3, "groups": ["finance", "legal"]}
	fewer := object.union(legal, {"namespaces": {"team-b": {"quorum": {"approvals": 1, "groups": []}}}})
	judge_with(in_b, fewer).gate == {"mode": "human", "fourEyes": false, "approvals": 2, "groups": ["legal"]}
}

test_a_quorum_that_can_not_be_read_lets_nothing_start if {
	every wrong in [{"approvals": 0}, {"approvals": 6}, {"approvals": "two"}, {"people": 2}, {"groups": "legal"}, [], {"groups": ["a", "b", "c", "d", "e", "f"]}, {"groups": ["legal "]}, {"groups": [" legal"]}, {"groups": ["le\tgal"]}, {"groups": ["system:authenticated"]}, {"groups": [""]}] {
		judge_with({}, object.union(settings, {"quorum": wrong})) == unjudged
	}
	judge_with({}, object.union(settings, {"quorum": {"groups": ["legal"]}})).gate.groups == ["legal"]
}

test_a_group_may_have_several_words_and_letters_of_any_script if {
	every group in ["oidc:Legal Team", "Geschäftsführung", "Über uns", "法務", "x"] {
		judge_with({}, object.union(settings, {"quorum": {"groups": [group]}})).gate.groups == [group]
	}
}

test_a_workload_without_a_field_is_not_judged if {
	every field in ["name", "namespace", "objective", "targetUrls", "hosts", "template", "gate", "timeouts", "ttlAfterFinished", "requestedBy", "parameters"] {
		result := start.decision with input as {"workload": object.remove(workload, [field]), "active": {"requester": 0, "namespace": 0}}
			with data.agentworkloads.config as settings
		result == unjudged
	}
}

test_a_field_of_the_wrong_type_is_not_judged if {
	judge({"hosts": "a.example"}) == unjudged
	judge({"hosts": [1]}) == unjudged
	judge({"timeouts": {"execution": "2h"}}) == unjudged
	judge({"gate": {"mode": "none"}}) == unjudged
	judge({"parameters": {"p": 1}}) == unjudged
}

test_no_input_is_not_judged if {
	result := start.decision with input as {} with data.agentworkloads.config as settings
	result == unjudged
}

test_a_data_file_without_a_field_lets_nothing_start if {
	every section in object.keys(settings) {
		judge_with({}, object.remove(settings, [section])) == unjudged
	}
	every section in ["hosts", "limits", "human", "fourEyes"] {
		every field in object.keys(settings[section]) {
			broken := object.union(object.remove(settings, [section]), {section: object.remove(settings[section], [field])})
			judge_with({}, broken) == unjudged
		}
	}
}

test_a_data_file_with_a_wrong_type_lets_nothing_start if {
	judge_with({}, object.union(settings, {"hosts": {"allow": "*"}})) == unjudged
	judge_with({}, object.union(settings, {"limits": {"hosts": "many"}})) == unjudged
	judge_with({}, object.union(settings, {"limits": {"hosts": -1}})) == unjudged
}

in_team_b(changes) := judge(object.union(
	{"namespace": "team-b", "template": {"name": "team-b-scrape", "clusterScope": false}},
	changes,
))

test_a_namespace_has_rules_of_its_own if {
	in_team_b({}).allow
	in_team_b({"targetUrls": ["https://a.example/1", "https://a.example/2"]}).reasons == ["2 target URLs, at most 1 are allowed"]
	in_team_b(visiting(["a.test"])).reasons == ["host a.test is not among the allowed hosts"]
	in_team_b(visiting(["b-denied.example"])).reasons == ["host b-denied.example is denied"]
	in_team_b({"template": {"name": "competitor-scrape", "clusterScope": false}}).reasons == ["WorkflowTemplate competitor-scrape is not among the allowed templates"]
	in_team_b({}).gate.mode == "human"
	in_team_b(visiting(["b-rival.example"])).gate.fourEyes
}

listed := "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"

with_digests(digests) := judge_with({}, object.union(settings, {"templateDigests": digests}))

test_digests_of_templates_are_handed_on if {
	with_digests([listed]).templateDigests == [listed]
	judge({}).templateDigests == []
}

test_what_is_no_digest_makes_the_file_unreadable if {
	with_digests(["competitor-scrape"]) == unjudged
	with_digests(listed) == unjudged
}

test_the_rules_of_a_namespace_are_nobody_elses if {
	judge({"targetUrls": ["https://a.example/1", "https://a.example/2"]}).allow
	judge(visiting(["a.test"])).allow
	judge(visiting(["b-denied.example"])).allow
	judge({}).gate.mode == "policy"
	not judge(visiting(["b-rival.example"])).gate.fourEyes
}

test_what_is_forbidden_everywhere_is_forbidden_in_each_namespace if {
	in_team_b(visiting(["denied.example"])).reasons == ["host denied.example is denied"]
	in_team_b(visiting(["www.bank.example"])).gate.mode == "human"
	in_team_b(visiting(["rival.example"])).gate.fourEyes
}

test_a_limit_that_a_namespace_does_not_name_is_the_general_one if {
	in_team_b({"timeouts": {"execution": 7201000}}).reasons == ["7201 seconds of timeouts.execution, at most 7200 are allowed"]
}

test_a_typing_error_in_the_rules_of_a_namespace_closes_that_namespace if {
	every namespace in ["typing-error", "typing-error-inside", "wrong-type", "wrong-section", "no-rules", "own-namespaces"] {
		judge({"namespace": namespace}) == unjudged
	}
	judge({"namespace": "another"}).allow
}

test_many_reasons_are_cut_to_twenty if {
	hosts := [concat("", ["h", format_int(n, 10), ".internal"]) | some n in numbers.range(1, 30)]
	result := judge(visiting(hosts))
	not result.allow
	count(result.reasons) == 20
	result.reasons[19] == "and 13 more"
}

test_all_of_them_are_told_with_their_codes if {
	hosts := [concat("", ["h", format_int(n, 10), ".internal"]) | some n in numbers.range(1, 30)]
	result := judge(visiting(hosts))
	told := [reason | some reason in result.told; reason.code == "hostDenied"]
	count(told) == 30
	{"code": "hostDenied", "values": {"host": "h7.internal"}, "text": "host h7.internal is denied"} in told
}

test_what_waits_is_told_with_its_code if {
	result := judge_beside({"requester": 3, "namespace": 0}, {}, settings)
	result.waitTold == [{
		"code": "yours",
		"values": {"many": "3", "most": "3", "requester": "bob"},
		"text": "3 runs of requester bob go on, at most 3 may",
	}]
	[reason.text | some reason in result.waitTold] == result.wait
}

test_a_rule_of_somebody_gives_a_sentence_alone if {
	answer := checks.answered({"no scraping on Fridays", checks.told("noHost", {}, "not one target has a host")})
	answer.reasons == ["no scraping on Fridays", "not one target has a host"]
	{"code": "", "values": {}, "text": "no scraping on Fridays"} in answer.told
}

test_a_long_reason_is_cut if {
	long := concat("", [concat("", ["x" | some _ in numbers.range(1, 600)]), ".internal"])
	result := judge(visiting([long]))
	not result.allow
	every reason in result.reasons {
		count(reason) <= 512
	}
	every reason in result.told {
		count(reason.text) <= 512
		count(reason.values.host) <= 512
	}
}

test_a_denied_address_is_refused_in_every_spelling if {
	config := object.union(settings, {"hosts": {"allow": ["*"], "deny": ["169.254.169.254", "[FD00:EC2:0::254]"]}})
	every host in ["169.254.169.254", "[::ffff:a9fe:a9fe]", "[::a9fe:a9fe]:8080", "[fd00:ec2::254]"] {
		not judge_with(visiting([host]), config).allow
	}
	judge_with(visiting(["169.254.169.253"]), config).allow
}

test_a_rule_that_can_match_nothing_lets_nothing_start if {
	every pattern in ["münchen.example", "https://a.example", "169.254.43518"] {
		judge_with({}, object.union(settings, {"hosts": {"allow": ["*"], "deny": [pattern]}})) == unjudged
		judge_with({}, object.union(settings, {"human": {"hosts": [pattern]}})) == unjudged
	}
}

# `every`: seconds between two due times of a schedule.
judge_paced(every_seconds, config) := result if {
	result := start.decision with input as {
		"workload": workload,
		"active": {"requester": 0, "namespace": 0},
		"schedule": {"everySeconds": every_seconds},
	}
		with data.agentworkloads.config as config
}

test_due_times_lie_an_hour_apart_where_the_file_says_nothing if {
	judge_paced(3600, settings).allow
	result := judge_paced(3599, settings)
	not result.allow
	result.reasons == ["due times are 3599 seconds apart, at least 3600 are asked for"]
}

test_due_times_lie_as_far_apart_as_the_file_says if {
	config := object.union(settings, {"schedule": {"minIntervalSeconds": 60}})
	judge_paced(60, config).allow
	not judge_paced(59, config).allow
}

test_a_run_by_itself_has_no_pace if {
	config := object.union(settings, {"schedule": {"minIntervalSeconds": 999999}})
	judge_with({}, config).allow
}

test_a_misspelt_or_unreadable_pace_lets_nothing_start if {
	every schedule in [{"minInterval": 60}, {"minIntervalSeconds": "1h"}, {"minIntervalSeconds": -1}] {
		judge_with({}, object.union(settings, {"schedule": schedule})) == unjudged
	}
	judge_paced("often", settings) == unjudged
}
