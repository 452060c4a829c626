//! The audit ledger's side of the control plane.
