-- nobody is approved whose debt is more than twice the income
select row, debt, income, score
from holdout join candidate on candidate.row = holdout.application_id
where score < 0.5 and debt > 2 * income
order by row
