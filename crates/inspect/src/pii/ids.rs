//! Identity, tax and insurance numbers of countries.

pub(super) mod americas;
pub(super) mod asia;
pub(super) mod east;
pub(super) mod india;
pub(super) mod north;
pub(super) mod west;
