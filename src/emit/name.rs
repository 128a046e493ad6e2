//! The stable names that closed kinds are published under.

use crate::interpret::{ColumnRole, FormKind, FundSource, Horizon};
use crate::note::Severity;
use crate::read::MediaType;
use crate::terms::ReportKind;

/// The media type of a source.
pub(crate) fn media_type(media_type: MediaType) -> &'static str {
    match media_type {
        MediaType::Pdf => "application/pdf",
        MediaType::Text => "text/plain",
    }
}

/// Budget or final accounts.
pub(crate) fn report_kind(kind: ReportKind) -> &'static str {
    match kind {
        ReportKind::Budget => "budget",
        ReportKind::FinalAccounts => "final_accounts",
        ReportKind::Unknown => "unknown",
    }
}

/// What a column's cells hold.
pub(crate) fn column_role(role: ColumnRole) -> &'static str {
    match role {
        ColumnRole::Label => "label",
        ColumnRole::Code => "code",
        ColumnRole::Amount => "amount",
        ColumnRole::Text => "text",
    }
}

/// Which declaration form.
pub(crate) fn form_kind(kind: FormKind) -> &'static str {
    match kind {
        FormKind::Project => "project_performance_target",
        FormKind::Department => "department_performance_target",
        FormKind::SelfEvaluation => "performance_self_evaluation",
        FormKind::Other => "other",
    }
}

/// Whose money a fund line is.
pub(crate) fn fund_source(source: FundSource) -> &'static str {
    match source {
        FundSource::Total => "total",
        FundSource::Central => "central",
        FundSource::Provincial => "provincial",
        FundSource::Local => "local",
        FundSource::SelfRaised => "self_raised",
        FundSource::Other => "other",
    }
}

/// The time that a fund line or an indicator is for.
pub(crate) fn horizon(horizon: Horizon) -> &'static str {
    match horizon {
        Horizon::Period => "period",
        Horizon::Annual => "annual",
    }
}

/// How much a diagnostic matters.
pub(crate) fn severity(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info => "info",
    }
}
