//! A [`Reconciliation`](crate::reconcile::Reconciliation) becomes bytes in a published format.
