//! The stories: what must be true of the whole house, told through what its users can see.
//!
//! A module is a subject, a test is a sentence. They run against the built binary, real stores
//! and real clients; `docs/testing.md` says how.

#[cfg(test)]
mod harness;

#[cfg(test)]
mod administration_takes_effect;
#[cfg(test)]
mod audit_log_proves_itself;
#[cfg(test)]
mod bad_bodies_get_clear_errors;
#[cfg(test)]
mod bad_files_are_refused;
#[cfg(test)]
mod bad_framing_is_refused;
#[cfg(test)]
mod certificates_are_checked;
#[cfg(test)]
mod house_is_seen_from_outside;
#[cfg(test)]
mod inspection_asks_outside;
#[cfg(test)]
mod inspection_keeps_tokens;
#[cfg(test)]
mod inspection_looks_at_models;
#[cfg(test)]
mod inspection_looks_at_tools;
#[cfg(test)]
mod keys_are_managed;
#[cfg(test)]
mod limits_are_shared;
#[cfg(test)]
mod limits_hold;
#[cfg(test)]
mod mcp_clients_are_served;
#[cfg(test)]
mod nothing_recorded_is_lost;
#[cfg(test)]
mod one_process_holds_the_house;
#[cfg(test)]
mod openai_clients_are_served;
#[cfg(test)]
mod policies_govern_models;
#[cfg(test)]
mod policies_govern_tools;
#[cfg(test)]
mod policies_have_a_life;
#[cfg(test)]
mod quality_holds;
#[cfg(test)]
mod real_parts_start;
#[cfg(test)]
mod revocations_arrive;
#[cfg(test)]
mod strangers_are_refused;
#[cfg(test)]
mod the_inspection_guide_is_true;
#[cfg(test)]
mod the_policy_guide_is_true;
#[cfg(test)]
mod three_processes_work_together;
#[cfg(test)]
mod tokens_open_the_gate;
#[cfg(test)]
mod wrong_providers_are_contained;
#[cfg(test)]
mod wrong_tool_servers_are_contained;
