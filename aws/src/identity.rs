//! As whom AWS knows a signer.

use aws_config::SdkConfig;
use aws_sdk_sts::Client;
use domain::AwsPartition;
use services::aws::calls::{AwsFault, Identity};

use crate::fault::{fault, unexpected};

pub(crate) async fn identity(config: SdkConfig) -> Result<Identity, AwsFault> {
    let found = Client::new(&config).get_caller_identity().send().await.map_err(|error| fault("sts:GetCallerIdentity", &error))?;
    let arn = found.arn.unwrap_or_default();
    let partition = arn.split(':').nth(1).and_then(AwsPartition::from_key);
    let account = found.account.and_then(|account| account.parse().ok());
    match (account, partition) {
        (Some(account), Some(partition)) => Ok(Identity { account, arn, partition }),
        _ => Err(unexpected("GetCallerIdentity", &arn)),
    }
}
